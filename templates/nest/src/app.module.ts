import { BadGatewayException, Body, Controller, Module, type OnApplicationShutdown, Param, Post } from "@nestjs/common"
import { WeComError } from "effect-wecom"
import { Message } from "effect-wecom/messages"
import { wecom } from "./wecom.js"

@Controller("notify")
class NotifyController {
  /** POST /notify/zhangsan with a text as its body: sends it. */
  @Post(":userid")
  async notify(
    @Param("userid") userid: string,
    @Body() content: string
  ): Promise<{ readonly msgid: string | undefined }> {
    try {
      const { msgid } = await wecom.messages.send(Message.text(content).to({ users: [userid] }))
      return { msgid }
    } catch (error) {
      if (error instanceof WeComError) throw new BadGatewayException(error.message)
      throw error
    }
  }
}

@Module({ controllers: [NotifyController] })
export class AppModule implements OnApplicationShutdown {
  onApplicationShutdown(): Promise<void> {
    return wecom.close()
  }
}
