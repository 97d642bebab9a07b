/** Texts that stand in environment variables, each with its rule. */
import * as t from 'io-ts'

/** What is wrong with a secret is said without repeating it. */
export const Token = new t.Type<string, string, unknown>(
  'a token',
  t.string.is,
  (input, context) =>
    typeof input === 'string' && /^[\x21-\x7e]{1,512}$/.test(input)
      ? t.success(input)
      : t.failure(null, context, 'expected 1 to 512 visible ASCII characters without blanks'),
  t.identity,
)

export const PathText = new t.Type<string, string, unknown>(
  'a path',
  t.string.is,
  (input, context) => (typeof input === 'string' && input.length > 0 ? t.success(input) : t.failure(input, context)),
  t.identity,
)

export const HttpUrl = new t.Type<string, string, unknown>(
  'a URL such as http://127.0.0.1:8787',
  t.string.is,
  (input, context) => {
    const url = typeof input === 'string' && URL.canParse(input) ? new URL(input) : null
    return url !== null && /^https?:$/.test(url.protocol) ? t.success(url.origin) : t.failure(input, context)
  },
  t.identity,
)
