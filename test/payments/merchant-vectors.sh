#!/bin/sh
# Writes merchant-vectors.json: both signatures of a merchant's call, made by openssl alone.
set -eu
cd "$(dirname "$0")"

md5() { printf '%s' "$1" | openssl dgst -md5 -r | cut -d' ' -f1 | tr 'a-f' 'A-F'; }

key=192006250b4c09247ec02edce69f6a2d
secret=XyZ0123456789abcdefghijklmnopqrstuvwxyz-_AB

# 企业微信签名 of the documents' own example.
example='act_name=XXX&mch_billno=11111234567890&mch_id=10000098&nonce_str=qFKEgfig76DF9912fewmkp&re_openid=oxTWIuGaIt6gTKsQRLau2M0yL16E&total_amount=100&wxappid=wx123456789'
app_example=$(md5 "$example&secret=$key")

# 企业红包, Chinese in it; the empty remark does not count.
app='act_name=猜灯谜抢红包活动&mch_billno=123456&mch_id=10000098&nonce_str=5K8264ILTKCH16CQ2502SI8ZNMTM67VS&re_openid=oxTWIuGaIt6gTKsQRLau2M0yL16E&total_amount=1000&wxappid=wx8888888888888888'
workwx_sign=$(md5 "$app&secret=$secret")
sign=$(md5 "act_name=猜灯谜抢红包活动&mch_billno=123456&mch_id=10000098&nonce_str=5K8264ILTKCH16CQ2502SI8ZNMTM67VS&re_openid=oxTWIuGaIt6gTKsQRLau2M0yL16E&sender_name=XX活动&total_amount=1000&wishing=感谢您参加&workwx_sign=$workwx_sign&wxappid=wx8888888888888888&key=$key")

# 向员工付款.
pay='amount=100&appid=wxe062425f740c8888&desc=六月出差报销费用&mch_id=1900000109&nonce_str=3PG2J4ILTKCH16CQ2502SI8ZNMTM67VS&openid=ohO4Gt7wVPxIT1A9GjFaMYMiZY1s&partner_trade_no=100000982017072019616&ww_msg_type=NORMAL_MSG'
pay_workwx_sign=$(md5 "$pay&secret=$secret")

cat > merchant-vectors.json <<JSON
{
  "key": "$key",
  "secret": "$secret",
  "example": "$app_example",
  "redPacket": { "workwx_sign": "$workwx_sign", "sign": "$sign" },
  "payment": { "workwx_sign": "$pay_workwx_sign" }
}
JSON
