import { DataTable, Empty, Panel } from '@heavylift/ui'
import type { Overview } from './load.ts'

/** What the code does not say, and why a person has to. */
export function QuestionsView({
  questions,
  onOpen,
}: {
  questions: Overview['questions']
  onOpen: (path: string, line: string) => void
}) {
  if (questions.length === 0)
    return <Empty title="No open question">What the spec says follows from the code, all of it.</Empty>
  return (
    <Panel title="Open questions" note="what the code does not say" flush>
      <DataTable
        caption="Open questions"
        rows={questions}
        keyOf={({ text, path, line }) => `${path}:${line}:${text}`}
        onOpen={({ path, line }) => onOpen(path, String(line))}
        columns={[
          {
            key: 'text',
            title: 'Question',
            isWide: true,
            render: ({ text }) => <span title={text}>{text}</span>,
          },
          { key: 'why', title: 'Why it is open', isSecondary: true, render: ({ why }) => why },
          {
            key: 'place',
            title: 'Code',
            render: ({ path, line }) => (
              <span className="hl-code">
                {path}:{line}
              </span>
            ),
          },
        ]}
      />
    </Panel>
  )
}
