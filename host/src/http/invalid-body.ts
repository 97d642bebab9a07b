/** A body that does not fit, field by field. */
import type { Problem, Result } from 'borgledger'
import { refused } from './answer.js'

export const invalidBody = (errors: ReadonlyArray<Problem>): Result<never> =>
  refused({
    code: 'invalid-body',
    message: errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '),
    errors,
  })
