/** Secrets: kept encrypted, referred to by name, resolved at the moment of use. */
export { resolveSecret } from './resolve.js'
export { type SecretStore, secretStore } from './secret-store.js'
