import type { CommandInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { formatTable } from '@heavylift/core/text'
import { openJobsForCommand } from '../service/open-jobs.ts'

export async function runNodes(input: CommandInput) {
  const picture = await openJobsForCommand(input).nodes()
  input.print(
    formatTable(
      ['Node', 'Executor', 'State', 'Busy', 'Busy over 15 min', 'Chunks', 'Crashes', 'Preemptions', 'Reason'],
      picture.nodes.map((node) => [
        node.node,
        node.executor,
        node.state,
        `${node.busy}/${node.workers}`,
        `${Math.round(mean(node.busyShares) * 100)} %`,
        String(node.chunksDone),
        String(node.crashes),
        String(node.preemptions),
        node.reason,
      ]),
      ['Busy', 'Busy over 15 min', 'Chunks', 'Crashes', 'Preemptions'],
    ),
  )
  return picture
}
