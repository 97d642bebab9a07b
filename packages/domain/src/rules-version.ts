/**
 * The version of the rules by which everything is decided. It counts up whenever one of them decides otherwise than before, and every owner
 * records it at its start: so a decision of the past that would be made differently today is told apart from one that was forged.
 *
 * The golden histories fail when a rule changed and this did not.
 */
export const rulesVersion = 1
