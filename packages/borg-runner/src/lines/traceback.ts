/**
 * The telling lines of a Python traceback: the exceptions themselves, without the frames and without the description of the machine.
 */
const exceptionLine = /^[A-Za-z_][\w.]*(?:: .+)?$/
const aboutTheMachine = /^(?:Platform|Linux|Borg|PID|CWD|sys\.argv|SSH_ORIGINAL_COMMAND):/

/** Any other message as it is. */
export const tellingOf = (message: string): string => {
  if (!message.startsWith('Traceback')) return message.trim()
  const exceptions = message.split('\n').filter((line) => exceptionLine.test(line) && !aboutTheMachine.test(line))
  return exceptions.length === 0 ? message.trim() : [...new Set(exceptions)].join('; ')
}
