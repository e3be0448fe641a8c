/** 商户证书 over real TLS: a server that asks for a client certificate of its own authority, all made by openssl. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:https"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import * as Path from "node:path"
import type { TLSSocket } from "node:tls"
import * as Xml from "../../src/internal/callback/xml.ts"
import { paySignature } from "../../src/internal/kernel/merchantSignature.ts"
import * as MerchantCertificate from "../../src/node/MerchantCertificate.ts"
import { MerchantPayments } from "../../src/payments/MerchantPayments.ts"

const passphrase = Redacted.make("1900000109")
const key = Redacted.make("192006250b4c09247ec02edce69f6a2d")

/** A folder of certificates: of the server, of a merchant, and of one whose authority the server does not know. */
const certificates = Effect.acquireRelease(
  Effect.sync(() => {
    const folder = mkdtempSync(Path.join(tmpdir(), "merchant-"))
    const openssl = (...args: ReadonlyArray<string>) =>
      execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] })
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    for (const authority of ["ca", "other-ca"]) {
      openssl("req", "-x509", ...curve, "-keyout", `${authority}.key`, "-out", `${authority}.pem`, "-subj", "/CN=test")
    }
    for (const [name, authority] of [["server", "ca"], ["merchant", "ca"], ["stranger", "other-ca"]] as const) {
      openssl(
        "req",
        "-x509",
        ...curve,
        "-CA",
        `${authority}.pem`,
        "-CAkey",
        `${authority}.key`,
        "-keyout",
        `${name}.key`,
        "-out",
        `${name}.pem`,
        "-subj",
        `/CN=${name}`,
        "-addext",
        "subjectAltName=IP:127.0.0.1"
      )
    }
    openssl(
      "pkcs12",
      "-export",
      "-in",
      "merchant.pem",
      "-inkey",
      "merchant.key",
      "-out",
      "merchant.p12",
      "-passout",
      `pass:${Redacted.value(passphrase)}`
    )
    return folder
  }),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
)

/** A merchant's server, which counts the orders that reach it. */
const server = (folder: string, minVersion: "TLSv1.2" | "TLSv1.3") =>
  Effect.acquireRelease(
    Effect.callback<{ readonly url: string; readonly orders: Array<string>; readonly close: () => void }>((resume) => {
      const orders: Array<string> = []
      const read = (name: string) => readFileSync(Path.join(folder, name))
      const options = {
        cert: read("server.pem"),
        key: read("server.key"),
        ca: read("ca.pem"),
        requestCert: true,
        rejectUnauthorized: false,
        minVersion,
        maxVersion: minVersion
      }
      const https = createServer(options, (request, response) => {
        if (!(request.socket as TLSSocket).authorized) {
          response.writeHead(400, { "content-type": "text/html" }).end("<h1>400 The SSL certificate error</h1>")
          return
        }
        const chunks: Array<Buffer> = []
        request.on("data", (chunk: Buffer) => chunks.push(chunk))
        request.on("end", () => {
          orders.push(Buffer.concat(chunks).toString())
          const fields = { return_code: "SUCCESS", result_code: "SUCCESS", mch_billno: "1", total_amount: "100" }
          response.end(Xml.stringify({ ...fields, sign: paySignature(fields, key) }))
        })
      })
      https.listen(0, "127.0.0.1", () =>
        resume(Effect.succeed({
          url: `https://127.0.0.1:${(https.address() as AddressInfo).port}`,
          orders,
          close: () => {
            https.closeAllConnections()
            https.close()
          }
        })))
    }),
    ({ close }) => Effect.sync(close)
  )

/** A server that refuses certificates of other authorities in the TLS handshake. */
const strictServer = (folder: string, version: "TLSv1.2" | "TLSv1.3") =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<{ readonly url: string; readonly child: ChildProcess }>((resume) => {
        const child = spawn(
          "openssl",
          [
            "s_server",
            "-accept",
            "127.0.0.1:0",
            "-www",
            version === "TLSv1.2" ? "-tls1_2" : "-tls1_3",
            "-cert",
            "server.pem",
            "-key",
            "server.key",
            "-CAfile",
            "ca.pem",
            "-Verify",
            "1",
            "-verify_return_error"
          ],
          { cwd: folder, stdio: ["ignore", "pipe", "ignore"] }
        )
        child.stdout.on("data", (text: Buffer) => {
          const address = /ACCEPT (\S+)/.exec(text.toString())?.[1]
          if (address !== undefined) resume(Effect.succeed({ url: `https://${address}`, child }))
        })
      }),
      ({ child }) => Effect.sync(() => child.kill())
    ),
    ({ url }) => url
  )

const order = {
  mch_billno: "1",
  re_openid: "o1",
  total_amount: 100,
  wishing: "好",
  act_name: "年会",
  remark: "无",
  agentid: 1000002
}

const send = (url: string, certificate: MerchantCertificate.Certificate) =>
  Effect.flatMap(MerchantPayments, (payments) => payments.sendRedPacket(order)).pipe(
    Effect.provide(
      MerchantPayments.layer({
        corpId: "ww1",
        merchantId: "1900000109",
        key,
        appSecret: Redacted.make("secret"),
        baseUrl: url
      }).pipe(Layer.provide(MerchantCertificate.layer(certificate)))
    )
  )

describe("MerchantCertificate", () => {
  for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
    it.live(`shows the certificate, and says when it is refused: ${version}`, () =>
      Effect.gen(function*() {
        const folder = yield* certificates
        const { orders, url } = yield* server(folder, version)
        const read = (name: string) => readFileSync(Path.join(folder, name), "utf8")
        const ca = read("ca.pem")
        const pem = (name: string) => ({
          cert: Redacted.make(read(`${name}.pem`)),
          key: Redacted.make(read(`${name}.key`)),
          ca
        })
        const pfx = Redacted.make<Uint8Array>(readFileSync(Path.join(folder, "merchant.p12")))

        assert.strictEqual((yield* send(url, pem("merchant"))).total_amount, 100)
        assert.strictEqual((yield* send(url, { pfx, passphrase, ca })).total_amount, 100)
        assert.lengthOf(orders, 2)

        // As nginx answers, which takes every certificate and looks at it later.
        const unknown = yield* Effect.flip(send(url, pem("stranger")))
        assert.deepStrictEqual("moved" in unknown && [unknown.reason._tag, unknown.moved], [
          "CertificateRejected",
          "no"
        ])
        assert.lengthOf(orders, 2)

        // As servers that refuse it in the handshake. With TLS 1.3 a client has sent its request by the time it hears of it,
        // and all that undici says is that the connection is closed.
        const strict = yield* Effect.flip(send(yield* strictServer(folder, version), pem("stranger")))
        assert.deepStrictEqual(
          "moved" in strict && [strict.reason._tag, strict.moved],
          version === "TLSv1.2" ? ["CertificateRejected", "no"] : ["TransportFailed", "unknown"]
        )

        const { ca: _, ...untrusted } = pem("merchant")
        const foreign = yield* Effect.flip(send(url, untrusted))
        assert.deepStrictEqual("moved" in foreign && [foreign.reason._tag, foreign.moved], [
          "TransportFailed",
          "unknown"
        ])
        assert.lengthOf(orders, 2)
      }).pipe(Effect.scoped))
  }

  it.live("refuses what is no certificate before anything is sent, and tells nothing of it", () =>
    Effect.gen(function*() {
      const folder = yield* certificates
      const read = (name: string) => Redacted.make(readFileSync(Path.join(folder, name), "utf8"))
      const pfx = Redacted.make<Uint8Array>(readFileSync(Path.join(folder, "merchant.p12")))
      const problem = (certificate: MerchantCertificate.Certificate) =>
        Effect.map(Effect.flip(send("https://127.0.0.1:1", certificate)), (error) => error.message)
      assert.include(
        yield* problem({ cert: read("merchant.pem"), key: read("stranger.key") }),
        "belongs to another certificate"
      )
      assert.include(yield* problem({ pfx, passphrase: Redacted.make("wrong") }), "passphrase")
      assert.include(
        yield* problem({ cert: Redacted.make("secret text"), key: read("merchant.key") }),
        "it is not a certificate"
      )
      assert.notInclude(
        yield* problem({ cert: Redacted.make("secret text"), key: read("merchant.key") }),
        "secret text"
      )
    }).pipe(Effect.scoped))
})
