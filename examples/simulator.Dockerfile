# syntax=docker/dockerfile:1
# A WeCom in a container, built from the packed package:
#   npm pack
#   docker build -f examples/simulator.Dockerfile -t wecom-simulator .
#   docker run --rm -p 127.0.0.1:8788:8788 wecom-simulator
# With a corp of your own: -v $PWD/corp.json:/simulator/corp.json -e SEED=/simulator/corp.json
FROM node:24-alpine
WORKDIR /simulator
COPY effect-wecom-*.tgz effect-wecom.tgz
RUN npm init --yes && npm install --omit=dev ./effect-wecom.tgz "effect@~4.1.0" "@effect/platform-node@~4.1.0"
COPY <<'EOF' simulator.mjs
import { NodeRuntime, NodeServices } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { Seed } from "effect-wecom/simulator"
import { SimulatorServer } from "effect-wecom/simulator/server"

const seed = process.env.SEED === undefined ? Effect.succeed(Seed.example()) : Seed.load(process.env.SEED)

const server = Layer.unwrap(
  Effect.map(seed, (seed) => SimulatorServer.layer({ port: 8788, host: "0.0.0.0", ...Seed.options(seed) }))
)

Layer.launch(server).pipe(Effect.provide(NodeServices.layer), NodeRuntime.runMain)
EOF
USER node
EXPOSE 8788
ENTRYPOINT ["node", "simulator.mjs"]
