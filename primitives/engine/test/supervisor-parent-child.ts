// Supervises a fake engine and tells its process number; the test kills this process.
import { silentLogger, systemClock } from '@heavylift/core'
import { SupervisedEngine } from '../src/supervisor/supervised-engine.ts'

const [dataDir = '', entry = ''] = process.argv.slice(2)
const engine = new SupervisedEngine({
  dataDir,
  entry,
  log: silentLogger,
  clock: systemClock,
  config: {
    model: '/serves.gguf',
    sequences: 1,
    contextTokens: 512,
    threads: 1,
    gpu: 'off',
    prefixCacheMb: 0,
  },
})
await engine.restart()
const { pid } = await engine.ready()
process.send?.(pid)
