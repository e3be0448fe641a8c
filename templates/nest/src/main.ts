import { NestFactory } from "@nestjs/core"
import type { NestExpressApplication } from "@nestjs/platform-express"
import "reflect-metadata"
import { AppModule } from "./app.module.js"
import { callbacks } from "./wecom.js"

// WeCom's signature covers the body as it came: the callback URL stands before every parser of bodies.
const app = await NestFactory.create<NestExpressApplication>(AppModule, { bodyParser: false })
app.use("/wecom/callback", callbacks.node)
app.useBodyParser("text")
app.enableShutdownHooks()
await app.listen(process.env["PORT"] ?? 8080)
