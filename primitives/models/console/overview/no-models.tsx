import { FoundServers } from '../first/found-servers.tsx'
import { PullModels } from '../first/pull-models.tsx'

/** What to do while there is no model: pull a small one to this machine, or use a server that runs one. */
export function NoModels() {
  return (
    <div className="hl-grid hl-grid-2">
      <PullModels pulled={[]} />
      <FoundServers />
    </div>
  )
}
