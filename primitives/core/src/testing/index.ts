import type { CommandInput } from '../system.ts'

/** What a command is called with where no server runs: nothing is printed, every question is answered by yes, and `given` says the rest. */
export function commandInput(given: Partial<CommandInput> = {}): CommandInput {
  return {
    args: {},
    options: {},
    api: () => Promise.reject(new Error('No server runs.')),
    report: () => undefined,
    print: () => undefined,
    confirm: () => Promise.resolve(),
    dataDir: '',
    signal: new AbortController().signal,
    ...given,
  }
}
