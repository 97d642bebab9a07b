/** Where an event stands in the log: 1, 2, 3 … a safe integer; 0 stands before the first event. */
export type Position = number
