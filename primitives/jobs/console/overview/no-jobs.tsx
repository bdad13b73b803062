import type { ReactNode } from 'react'
import { Copy, Empty, Panel } from '@heavylift/ui'

/** How to get the first job. */
export function NoJobs({ start }: { start: ReactNode }) {
  return (
    <Panel title="Queue">
      <Empty
        title="No job yet"
        action={
          <div className="hl-row">
            {start}
            <Copy text="npx heavylift jobs sample" label="Copy the command" />
          </div>
        }
      >
        Jobs come from systems that have much to compute, such as a clearance of Drive, and from programs that
        call runMany. The sample throws points at 4,000 circles; it can be cancelled, killed and resumed like
        any other.
      </Empty>
    </Panel>
  )
}
