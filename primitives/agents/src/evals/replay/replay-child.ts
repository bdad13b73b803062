// A server process on whose runs recorded calls are made, and that is killed: replay-child.ts DATABASE_URL DIR WORLD_URL SUITES
import type { Complete } from '@heavylift/models'
import { serveChild } from '../../benches/kill/serve-child.ts'
import { readSuites } from '../injection/suite.ts'
import { recordedModel, suiteSource } from './recorded-agent.ts'

const [databaseUrl = '', dataDir = '', world = '', folder = ''] = process.argv.slice(2)
const suites = await readSuites(folder)
const complete: Complete = recordedModel(suites)
await serveChild({
  databaseUrl,
  dataDir,
  sources: suites.map((suite) => suiteSource(suite, world)),
  complete,
})
