import { DataTable, Panel, StateMark, format } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import type { NodesPicture, NodeSummary } from '../../src/service/job-summary.ts'
import { executorNames, NodeState } from '../words.tsx'
import { BusyStrip } from './busy-strip.tsx'

/** Who computes, and how busy each was. */
export function Nodes({ picture }: { picture: NodesPicture }) {
  const minutes = Math.round(picture.windowMs / 60_000)
  const columns: Column<NodeSummary>[] = [
    {
      key: 'node',
      title: 'Node',
      render: ({ node, executor }) => (
        <>
          <span className="hl-code">{node}</span> <span className="hl-fine">{executorNames[executor]}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: 'State',
      render: (node) => (
        <span title={node.reason}>
          <NodeState node={node} />
        </span>
      ),
    },
    {
      key: 'strip',
      title: `Busy workers over ${minutes} min`,
      isWide: true,
      render: (node) => <BusyStrip node={node} windowMs={picture.windowMs} />,
    },
    {
      key: 'busy',
      title: 'Busy now',
      isNumber: true,
      render: ({ busy, workers }) => `${busy} of ${workers}`,
    },
    {
      key: 'chunks',
      title: 'Chunks',
      isNumber: true,
      isSecondary: true,
      render: ({ chunksDone }) => format.formatCount(chunksDone),
    },
    {
      key: 'preemptions',
      title: 'Preempted',
      isNumber: true,
      isSecondary: true,
      render: ({ preemptions }) => preemptions,
    },
    {
      key: 'crashes',
      title: 'Crashes',
      isNumber: true,
      isSecondary: true,
      render: ({ crashes }) => (crashes > 0 ? <StateMark state="bad">{crashes}</StateMark> : '0'),
    },
    {
      key: 'reason',
      title: 'Why it is out',
      isSecondary: true,
      render: ({ reason }) => (reason === '' ? '–' : reason),
    },
  ]
  return (
    <Panel title="Nodes" note="share of workers that had a chunk" flush>
      <DataTable caption="Nodes" columns={columns} rows={picture.nodes} keyOf={({ node }) => node} />
    </Panel>
  )
}
