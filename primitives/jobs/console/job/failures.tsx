import { DataTable, Empty, Panel, format } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import type { JobDetail } from '../../src/service/job-summary.ts'

type Failure = JobDetail['failures'][number]

const columns: Column<Failure>[] = [
  {
    key: 'index',
    title: 'Input',
    isNumber: true,
    width: '80px',
    render: ({ index }) => format.formatCount(index),
  },
  { key: 'code', title: 'Code', render: ({ code }) => <span className="hl-code">{code}</span> },
  {
    key: 'message',
    title: 'Why',
    isWide: true,
    render: ({ message }) => <span title={message}>{message}</span>,
  },
  {
    key: 'given',
    title: 'What it was given',
    isSecondary: true,
    render: ({ input }) => (
      <span className="hl-code" title={input}>
        {input}
      </span>
    ),
  },
]

/** Inputs that have no result, with the reason. */
export function Failures({ detail: { job, failures } }: { detail: JobDetail }) {
  if (job.inputsFailed === 0 && failures.length === 0) {
    return (
      <Panel title="Failed inputs">
        <Empty title={job.state === 'done' ? 'Every input has a result' : 'None so far'} />
      </Panel>
    )
  }
  const note =
    failures.length < job.inputsFailed
      ? `the first ${failures.length} of ${format.formatCount(job.inputsFailed)}`
      : `${format.formatCount(failures.length)} in all`
  return (
    <Panel title="Failed inputs" note={note} flush>
      <DataTable
        caption="Failed inputs"
        columns={columns}
        rows={failures}
        keyOf={({ index }) => String(index)}
      />
    </Panel>
  )
}
