import { NativeSelect, TextInput } from '@mantine/core'
import { Loaded, formatPercent } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../api.ts'

/** What whoever publishes says to the nearest agents that there are. */
export interface FoundAnswer {
  choice: 'reuse' | 'extend' | 'new'
  of: string | null
  because: string
}

/** The five agents that are most like a draft, and what is to come of that. */
export function Nearest({
  definition,
  answer,
  onAnswer,
}: {
  definition: unknown
  answer: FoundAnswer
  onAnswer: (answer: FoundAnswer) => void
}) {
  const nearest = useQuery({
    queryKey: ['agents', 'nearest', JSON.stringify(definition)],
    queryFn: ({ signal }) => api.post('/registry/nearest', { body: { definition }, signal }),
    retry: false,
  })
  return (
    <Loaded of={nearest} what="Looking for agents that do it already" lines={3}>
      {({ nearest: near }) =>
        near.length === 0 ? null : (
          <div className="hl-stack">
            <h3>Agents that are like it</h3>
            <ol>
              {near.map(({ agent, likeness, shared }) => (
                <li key={agent.name}>
                  <Link to={`/agents/registry/${agent.name}` as '/'}>{agent.title}</Link>,{' '}
                  {formatPercent(likeness)} alike, {agent.owner ?? 'no owner'}
                  {shared.length > 0 ? `; both reach ${shared.slice(0, 3).join(', ')}` : ''}
                </li>
              ))}
            </ol>
            <NativeSelect
              label="So this one"
              value={answer.choice === 'new' ? 'new' : `${answer.choice} ${answer.of}`}
              onChange={(event) => {
                const [choice = 'new', of = null] = event.currentTarget.value.split(' ')
                onAnswer({ ...answer, choice: choice as FoundAnswer['choice'], of })
              }}
              data={[
                { value: 'new', label: 'is a new one' },
                ...near.flatMap(({ agent: { name, title } }) => [
                  { value: `extend ${name}`, label: `extends ${title}` },
                  { value: `reuse ${name}`, label: `reuses ${title}` },
                ]),
              ]}
            />
            <TextInput
              label="Why it is needed beside them"
              value={answer.because}
              onChange={(event) => onAnswer({ ...answer, because: event.currentTarget.value })}
            />
          </div>
        )
      }
    </Loaded>
  )
}
