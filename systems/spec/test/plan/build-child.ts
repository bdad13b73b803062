import { appendFileSync } from 'node:fs'
import { buildTable } from './table-service.ts'

// A build in a process of its own, killed with -9 where its last argument says.
const [, , repository = '', runsFolder = '', behaviour = '', turns = '', tests = '', killAt = ''] =
  process.argv
const die = () => process.kill(process.pid, 'SIGKILL')
const testCommand = JSON.parse(tests) as [string, ...string[]]

await buildTable({
  repository,
  runsFolder,
  behaviour,
  turns,
  testCommand:
    killAt === 'in the tests'
      ? [process.execPath, '-e', 'process.kill(process.ppid, "SIGKILL")']
      : testCommand,
  onStep: ({ step }) => {
    appendFileSync(`${turns}.steps`, `${step}\n`)
    if (step === killAt) die()
  },
  finish: () => {
    if (killAt === 'before the commit') die()
    return Promise.resolve()
  },
})
