// Plain connections of a bench in a process of their own, which note when something comes.
import { connect } from 'node:net'

const [port = '0', connections = '0'] = process.argv.slice(2)
let up = 0
let readMs: number[] = []
for (let at = 0; at < Number(connections); at++)
  connect(Number(port), '127.0.0.1')
    .on('connect', () => {
      if (++up === Number(connections)) process.send!('up')
    })
    .on('data', () => readMs.push(Number(process.hrtime.bigint()) / 1e6))
    .on('error', () => undefined)
process.on('message', () => {
  process.send!(readMs)
  readMs = []
})
process.on('disconnect', () => process.exit(0))
