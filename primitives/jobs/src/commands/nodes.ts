import type { CommandInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { openJobsForCommand } from '../service/open-jobs.ts'

export async function runNodes(input: CommandInput) {
  const picture = await openJobsForCommand(input).nodes()
  for (const node of picture.nodes) {
    input.print(
      `${node.node.padEnd(20)} ${node.executor.padEnd(6)} ${node.state.padEnd(8)} ${node.busy}/${node.workers} busy  ${Math.round(mean(node.busyShares) * 100)} % over 15 min  ${node.chunksDone} chunks  ${node.crashes} crashes  ${node.preemptions} preemptions  ${node.reason}`.trimEnd(),
    )
  }
  return picture
}
