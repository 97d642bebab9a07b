/** Space kept on the disk of a log for the commits that may use it. */
export { type KeptReserve, keepReserve, noReserve } from './keep-reserve.js'
export { writeOnReserve } from './write-on-reserve.js'
