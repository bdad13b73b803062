import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { lockAlone, lockAmong } from '../../src/runtime/file-lock.ts'

// A process that takes a lock, says whether it got it, and keeps it until it is ended, through collections of garbage.
const [, , path = '', group] = process.argv

function take(): boolean {
  return (group === undefined ? lockAlone(path) : lockAmong(path, group)) !== null
}

const isTaken = take()
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
collectGarbage()
// What a collected object leaves behind is cleared after it.
setTimeout(() => {
  collectGarbage()
  process.stdout.write(isTaken ? 'taken\n' : 'refused\n')
  if (isTaken) setInterval(() => {}, 1000)
}, 20)
