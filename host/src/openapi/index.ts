/** The HTTP API described for programs. */
export { openApiDocument } from './document.js'
