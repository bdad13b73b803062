import { Button, Textarea, TextInput } from '@mantine/core'
import {
  Bar,
  DataTable,
  Empty,
  ErrorState,
  Loaded,
  Notice,
  Page,
  Panel,
  StateMark,
  formatAgo,
  formatCount,
} from '@heavylift/ui'
import type { StateName } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'

const readPolicy = () => api.get('/policy')
type Policy = Awaited<ReturnType<typeof readPolicy>>
type Verdict = Policy['examples'][number]['verdict']

const marks: Record<Verdict, { state: StateName; word: string }> = {
  allow: { state: 'good', word: 'allows' },
  ask: { state: 'warn', word: 'asks a person' },
  refuse: { state: 'bad', word: 'refuses' },
}

const begun = [
  {
    id: 'no_large_payments',
    when: 'tool.effect == "money" && has(args.amount) && double(args.amount) > 1000.0',
    verdict: 'ask',
    because: 'It is a large amount.',
  },
]

/** Rules over the calls of all agents: what holds, what each makes of example calls, and how often it decided. */
export default function Policies() {
  const policy = useQuery({
    queryKey: ['agents', 'policy'],
    queryFn: ({ signal }) => api.get('/policy', { signal }),
  })
  return (
    <Page
      title="Policies"
      lead="Every call of a tool is judged outside the model, by the first rule that is true: yours first, then those of the house. Nothing that a model reads can change them."
    >
      <Loaded of={policy} what="Reading the policy" lines={8}>
        {(found) => (
          <>
            <Rules key={found.current.version} policy={found} />
            <Decided policy={found} />
            <Panel title="Rules of the house" note="asked after yours, in this order" flush>
              <RuleTable rules={found.defaults} name="defaults" />
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Rules({ policy }: { policy: Policy }) {
  const { current } = policy
  const [text, setText] = useState(JSON.stringify(current.rules, null, 2))
  const [note, setNote] = useState('')
  const client = useQueryClient()
  const rules = readRules(text)
  const attempt = useMutation({
    mutationFn: () => api.post('/policy/try', { body: { rules: rules.value ?? [] } }),
  })
  const save = useMutation({
    mutationFn: () =>
      api.put('/policy', { body: { rules: rules.value ?? [], note, basedOn: current.version } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['agents', 'policy'] }),
  })
  return (
    <>
      <Panel
        title="Your rules"
        note={
          current.version === 0
            ? 'none yet'
            : `version ${current.version}, ${formatAgo(current.setMs, Date.now())} by ${current.by}: ${current.note}`
        }
      >
        <div className="hl-stack">
          <Textarea
            label="Rules"
            description="A list in JSON: id, when (CEL over agent, user, tool, args, origins, found, chosen and call), verdict (allow, ask or refuse), because."
            autosize
            minRows={6}
            maxRows={24}
            styles={{ input: { fontFamily: 'var(--hl-mono, monospace)' } }}
            value={text}
            error={rules.problem}
            onChange={(event) => {
              setText(event.currentTarget.value)
              attempt.reset()
            }}
          />
          {text.trim() === '[]' ? (
            <div className="hl-row">
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setText(JSON.stringify(begun, null, 2))}
              >
                Begin with an example
              </Button>
            </div>
          ) : null}
          {attempt.isError ? <ErrorState error={attempt.error} /> : null}
          {save.isError ? <ErrorState error={save.error} /> : null}
          <TextInput
            label="Why"
            placeholder="The auditors want to see large payments"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div className="hl-row">
            <Button
              variant="default"
              disabled={rules.value === null}
              loading={attempt.isPending}
              onClick={() => attempt.mutate()}
            >
              Try on the examples
            </Button>
            <Button
              disabled={rules.value === null || note.trim() === ''}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              Put in force
            </Button>
          </div>
          {attempt.isSuccess ? (
            <Notice tone="good" title="They can be read; below is what they would make of the examples" />
          ) : null}
        </div>
      </Panel>
      <Panel title="What they make of example calls" flush>
        <Examples now={policy.examples} tried={attempt.data?.examples ?? null} />
      </Panel>
    </>
  )
}

function Examples({ now, tried }: { now: Policy['examples']; tried: Policy['examples'] | null }) {
  return (
    <DataTable
      caption="Example calls"
      urlName="examples"
      columns={[
        { key: 'title', title: 'Call', isWide: true, render: ({ title }) => title },
        { key: 'now', title: 'In force', render: ({ verdict }) => <VerdictMark verdict={verdict} /> },
        ...(tried === null
          ? []
          : [
              {
                key: 'tried',
                title: 'As tried',
                render: ({ title, verdict }: Policy['examples'][number]) => {
                  const would = tried.find((each) => each.title === title)?.verdict ?? verdict
                  return would === verdict ? 'the same' : <VerdictMark verdict={would} />
                },
              },
            ]),
        { key: 'rule', title: 'By the rule', isSecondary: true, render: ({ rule }) => <code>{rule}</code> },
      ]}
      rows={now}
      keyOf={({ title }) => title}
    />
  )
}

function Decided({ policy: { decided } }: { policy: Policy }) {
  const most = Math.max(1, ...decided.map(({ calls }) => calls))
  return (
    <Panel title="What decided" note="in the latest 2,000 runs" flush>
      {decided.length === 0 ? (
        <Empty title="No call with an effect yet">Rules that decide about calls are counted here.</Empty>
      ) : (
        <DataTable
          caption="Rules by calls"
          urlName="decided"
          columns={[
            { key: 'rule', title: 'Rule', isWide: true, render: ({ rule }) => <code>{rule}</code> },
            { key: 'verdict', title: 'It', render: ({ verdict }) => <VerdictMark verdict={verdict} /> },
            {
              key: 'calls',
              title: 'Calls',
              isNumber: true,
              sortBy: ({ calls }) => calls,
              render: ({ calls }) => formatCount(calls),
            },
            {
              key: 'share',
              title: 'Share',
              width: '160px',
              isSecondary: true,
              render: ({ calls }) => <Bar share={calls / most} />,
            },
          ]}
          rows={decided}
          keyOf={({ rule, verdict }) => `${rule} ${verdict}`}
        />
      )}
    </Panel>
  )
}

function RuleTable({ rules, name }: { rules: Policy['defaults']; name: string }) {
  return (
    <DataTable
      caption="Rules"
      urlName={name}
      columns={[
        { key: 'id', title: 'Rule', render: ({ id }) => <code>{id}</code> },
        { key: 'verdict', title: 'It', render: ({ verdict }) => <VerdictMark verdict={verdict} /> },
        { key: 'because', title: 'Why', isWide: true, render: ({ because }) => because ?? '' },
        {
          key: 'when',
          title: 'When',
          isSecondary: true,
          width: '40%',
          render: ({ when }) => <code>{when}</code>,
        },
      ]}
      rows={rules}
      keyOf={({ id }) => id}
    />
  )
}

function VerdictMark({ verdict }: { verdict: Verdict }) {
  return <StateMark state={marks[verdict].state}>{marks[verdict].word}</StateMark>
}

function readRules(text: string): { value: Policy['defaults'] | null; problem: string | null } {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value)
      ? { value: value as Policy['defaults'], problem: null }
      : { value: null, problem: 'A list of rules begins with [.' }
  } catch (error) {
    return { value: null, problem: `No JSON yet: ${(error as Error).message}` }
  }
}
