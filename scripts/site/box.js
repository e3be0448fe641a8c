/* global MiniSearch, tokenize */
;(() => {
  const up = document.body.dataset.up
  const isChinese = document.documentElement.lang === "zh-CN"
  const input = document.getElementById("search")
  const results = document.getElementById("results")
  let index

  const load = () => {
    if (index !== undefined) return index
    index = new Promise((resolve, reject) => {
      const script = document.createElement("script")
      script.src = `${up}/search-index.js`
      script.addEventListener("error", reject)
      script.addEventListener("load", () =>
        resolve(MiniSearch.loadJSON(window.searchIndex, {
          fields: ["heading", "page", "text"],
          storeFields: ["page", "heading", "address", "start"],
          tokenize,
          processTerm: (term) => term
        })))
      document.head.append(script)
    })
    return index
  }

  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text })

  /** How many results are shown. */
  const shown = 30

  const options = {
    prefix: (term) => /^[a-z0-9]/.test(term),
    fuzzy: false,
    boost: { heading: 4, page: 2 },
    boostDocument: (_id, _term, { address }) => {
      const language = address.includes(".zh-CN.") === isChinese ? 1.5 : 1
      return /^(docs\/(?!api|errcodes|from-)|index|reference\/)/.test(address) ? language * 1.3 : language
    }
  }

  const show = async () => {
    const query = input.value.trim()
    if (query === "") {
      results.hidden = true
      return
    }
    const loaded = await load()
    const all = loaded.search(query, { ...options, combineWith: "AND" })
    // Fewer than a page: then what has some of the words follows.
    const some = all.length < shown ? loaded.search(query, { ...options, combineWith: "OR" }) : []
    const found = [...new Map([...all, ...some].map((entry) => [entry.id, entry])).values()].slice(0, shown)
    if (query !== input.value.trim()) return
    results.replaceChildren(...found.map(({ address, heading, page, start }) => {
      const link = element("a", heading)
      link.href = `${up}/${address}`
      link.append(element("small", heading === page ? start : `${page}: ${start}`))
      const item = document.createElement("li")
      item.append(link)
      return item
    }))
    if (found.length === 0) {
      const none = element("li", isChinese ? "没有找到" : "Nothing found")
      none.className = "none"
      results.append(none)
    }
    results.dataset.query = query
    results.hidden = false
  }

  const choose = (step) => {
    const links = [...results.querySelectorAll("a")]
    const next = (links.findIndex((link) => link.classList.contains("chosen")) + step + links.length) % links.length
    links.forEach((link, place) => link.classList.toggle("chosen", place === next))
    links[next]?.scrollIntoView({ block: "nearest" })
  }

  input.addEventListener("focus", load)
  input.addEventListener("input", show)
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      choose(event.key === "ArrowDown" ? 1 : -1)
    }
    if (event.key === "Enter") (results.querySelector("a.chosen") ?? results.querySelector("a"))?.click()
    if (event.key === "Escape") results.hidden = true
  })
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target === input) return
    event.preventDefault()
    input.focus()
  })
  const menu = document.querySelector(".menu")
  menu.addEventListener("click", () => {
    const open = document.getElementById("pages").classList.toggle("open")
    menu.setAttribute("aria-expanded", String(open))
  })
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) results.hidden = true
  })
})()
