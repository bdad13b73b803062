import { FoundServers } from '../first/found-servers.tsx'
import { PullModels } from '../first/pull-models.tsx'

/** What to do while there is no model: pull a small one to this machine, or use a server that runs one. */
export function NoModels({ step }: { step?: number }) {
  const number = step === undefined ? '' : `${step}. `
  return (
    <div className="hl-grid hl-grid-2">
      <PullModels pulled={[]} title={`${number}Pull a model`} />
      <FoundServers {...(step === undefined ? {} : { title: 'Or use a server that you have' })} />
    </div>
  )
}
