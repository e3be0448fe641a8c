/**
 * 商户证书: an `HttpClient` that shows a merchant's client certificate, for `MerchantPayments`.
 *
 * @example
 * ```ts
 * MerchantPayments.layerConfig().pipe(Layer.provide(MerchantCertificate.layerConfig()))
 * ```
 */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { PlatformError } from "effect/PlatformError"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { createSecureContext } from "node:tls"
import * as NodeClient from "./NodeClient.ts"

/** A merchant's certificate, as pay.weixin.qq.com hands it out under 账户中心, API安全. */
export type Certificate =
  /** `apiclient_cert.pem` and `apiclient_key.pem`. */
  | { readonly cert: Redacted.Redacted; readonly key: Redacted.Redacted; readonly ca?: string | undefined }
  /** `apiclient_cert.p12`, whose passphrase is the merchant's id (商户号). */
  | {
    readonly pfx: Redacted.Redacted<Uint8Array>
    readonly passphrase: Redacted.Redacted
    readonly ca?: string | undefined
  }

/** The certificate cannot be used: it is not one, the key is another's, or the passphrase is wrong. Holds no part of it. */
export class CertificateInvalid
  extends Schema.TaggedError<CertificateInvalid>("effect-wecom/CertificateInvalid")("CertificateInvalid", {
    problem: Schema.String
  })
{
  override get message(): string {
    return this.problem
  }
}

/**
 * A client over connections of its own, which show the certificate. `ca` replaces the certificate authorities that the
 * server is checked against, for tests. Fails with {@link CertificateInvalid}.
 */
export const layer = (certificate: Certificate): Layer.Layer<HttpClient.HttpClient, CertificateInvalid> =>
  Layer.unwrap(Effect.map(read(certificate), (connect) => NodeClient.layer({ connect })))

/**
 * The same from configuration: `WECOM_MERCHANT_CERT` and `WECOM_MERCHANT_KEY_FILE`, the paths of the PEM files; or
 * `WECOM_MERCHANT_PFX`, the path of the `.p12` file, with `WECOM_MERCHANT_ID` as its passphrase.
 */
export const layerConfig = (): Layer.Layer<
  HttpClient.HttpClient,
  CertificateInvalid | Config.ConfigError | PlatformError,
  FileSystem.FileSystem
> =>
  Layer.unwrap(Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const pfx = yield* Config.option(Config.NonEmptyString("WECOM_MERCHANT_PFX"))
    if (Option.isSome(pfx)) {
      const passphrase = yield* Config.Redacted("WECOM_MERCHANT_ID")
      return layer({ pfx: Redacted.make(yield* files.readFile(pfx.value)), passphrase })
    }
    const cert = yield* Config.NonEmptyString("WECOM_MERCHANT_CERT")
    const key = yield* Config.NonEmptyString("WECOM_MERCHANT_KEY_FILE")
    return layer({
      cert: Redacted.make(yield* files.readFileString(cert)),
      key: Redacted.make(yield* files.readFileString(key))
    })
  }))

/** What a TLS connection is told, once it is known to be of use. */
const read = (certificate: Certificate) => {
  const { ca } = certificate
  const options = {
    ...("pfx" in certificate
      ? { pfx: Buffer.from(Redacted.value(certificate.pfx)), passphrase: Redacted.value(certificate.passphrase) }
      : { cert: Redacted.value(certificate.cert), key: Redacted.value(certificate.key) }),
    ...(ca === undefined ? {} : { ca })
  }
  return Effect.try({
    try: () => {
      createSecureContext(options)
      return options
    },
    catch: (error) => new CertificateInvalid({ problem: problemOf(String(error)) })
  })
}

/** OpenSSL's reasons say nothing of the certificate's content. */
const problemOf = (reason: string): string => {
  if (/unsupported/i.test(reason)) {
    return "the .p12 file is encrypted in an old way that this OpenSSL does not read: use the PEM files instead"
  }
  if (/mac verify failure/i.test(reason)) {
    return "the passphrase of the .p12 file is wrong: it is the merchant's id (商户号)"
  }
  if (/key values mismatch/i.test(reason)) return "the private key belongs to another certificate"
  return "it is not a certificate with its private key: expected the files from pay.weixin.qq.com"
}
