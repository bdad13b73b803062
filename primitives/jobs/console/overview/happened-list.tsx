import { Link } from '@tanstack/react-router'
import { DataTable, Empty, StateMark, format } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import type { JobDetail } from '../../src/service/job-summary.ts'

type Happened = JobDetail['happened'][number] & { jobId?: string; jobName?: string }

/** Preemptions, failures, drained nodes: what happened, and what was done about it. */
export function HappenedList({
  happened,
  showsJob = false,
}: {
  happened: readonly Happened[]
  showsJob?: boolean
}) {
  if (happened.length === 0) return <Empty title="Nothing out of the ordinary" />
  const columns: Column<Happened>[] = [
    {
      key: 'at',
      title: 'At',
      render: ({ atMs }) => <span className="hl-number">{format.formatTime(atMs).slice(11)}</span>,
    },
    {
      key: 'text',
      title: 'What happened',
      isWide: true,
      render: ({ text, tone }) => (
        <span title={text}>
          <StateMark state={tone}>{text}</StateMark>
        </span>
      ),
    },
    { key: 'action', title: 'What was done', render: ({ action }) => action ?? '–' },
    {
      key: 'node',
      title: 'Node',
      isSecondary: true,
      render: ({ node }) => <span className="hl-code">{node}</span>,
    },
    ...(showsJob
      ? [
          {
            key: 'job',
            title: 'Job',
            isSecondary: true,
            render: ({ jobId = '', jobName = '' }: Happened) => <Link to={`/jobs/${jobId}`}>{jobName}</Link>,
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption="What happened"
      columns={columns}
      rows={happened}
      keyOf={({ atMs, text, node, jobId }) => `${atMs} ${node} ${text} ${jobId ?? ''}`}
    />
  )
}
