/** How much of a list is read at once. */
export const limitMax = 200

/** Throws a RangeError when the limit is not 1 to 200. */
export const checkLimit = (limit: number): void => {
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= limitMax))
    throw new RangeError(`the limit of a list is 1 to ${limitMax}, not ${limit}`)
}
