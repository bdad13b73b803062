import type { FetchModel } from './pulls.ts'

/** Fetches a model, and the engine that serves it, into the folder of the models system. */
export function fetchModel(dataDir: string): FetchModel {
  return async (source, report, signal) => {
    const { installEngine, pullModel } = await import('@heavylift/engine')
    const { name } = await pullModel({ source, dataDir, report, signal })
    await installEngine({ dataDir, report, signal })
    return name
  }
}
