import { lockAlone, lockAmong } from '../../src/runtime/file-lock.ts'

// A process that takes a lock, says whether it got it, and keeps it until it is ended.
const [, , path = '', group] = process.argv
const release = group === undefined ? lockAlone(path) : lockAmong(path, group)
process.stdout.write(release === null ? 'refused\n' : 'taken\n')
if (release !== null) setInterval(() => {}, 1000)
