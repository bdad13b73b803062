import { Button } from '@mantine/core'
import { ErrorState, Json, Loaded, Page, Panel, Stat, Stats, StateMark, formatTime } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { verdictWords } from '../../src/evaluate/verdict-words.ts'
import { api } from '../api.ts'
import { changeWords, evaluationStates } from './words.ts'

const readOne = (evaluationId: string, signal?: AbortSignal) =>
  api.get('/evaluations/:evaluationId', { params: { evaluationId }, ...(signal ? { signal } : {}) })
type Answer = Awaited<ReturnType<typeof readOne>>

/** One evaluation: each case with what came of it, the failed ones first. */
export default function Evaluation() {
  const { evaluationId = '' } = useParams({ strict: false }) as { evaluationId?: string }
  const client = useQueryClient()
  const found = useQuery({
    queryKey: ['agents', 'evaluation', evaluationId],
    queryFn: ({ signal }) => readOne(evaluationId, signal),
    refetchInterval: ({ state: { data } }) => (data?.evaluation.state === 'playing' ? 1_000 : false),
  })
  const cancel = useMutation({
    mutationFn: () => api.post('/evaluations/:evaluationId/cancel', { params: { evaluationId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['agents', 'evaluation', evaluationId] }),
  })
  const evaluation = found.data?.evaluation
  return (
    <Page
      title={evaluation === undefined ? 'Evaluation' : `Cases of ${evaluation.agent}`}
      lead={<Link to={'/agents/evals' as '/'}>All evaluations</Link>}
      actions={
        evaluation?.state === 'playing' ? (
          <Button
            size="compact-md"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            Stop
          </Button>
        ) : null
      }
    >
      {cancel.isError ? <ErrorState error={cancel.error} /> : null}
      <Loaded of={found} what="Reading what came of it" lines={8}>
        {(answer) => <Played {...answer} />}
      </Loaded>
    </Page>
  )
}

function Played({ evaluation, played }: Answer) {
  const rank = ({ verdict }: Answer['played'][number]): number =>
    verdict === null ? 1 : verdict.hasPassed ? 2 : 0
  return (
    <>
      <Stats>
        <Stat label="Came out" value={evaluationStates[evaluation.state].word} />
        <Stat
          label="Cases that pass"
          value={`${evaluation.passed} of ${evaluation.cases}`}
          {...(evaluation.failed > 0 ? { tone: 'warn' as const } : {})}
        />
        <Stat label="Version" value={String(evaluation.version)} detail={formatTime(evaluation.madeMs)} />
        <Stat
          label="Tried"
          value={evaluation.change === null ? 'as it is' : changeWords(evaluation.change)}
          {...(evaluation.change === null
            ? {}
            : { detail: `breaks ${evaluation.brokenByChange} of ${evaluation.cases}` })}
        />
      </Stats>
      {played
        .toSorted((a, b) => rank(a) - rank(b))
        .map((one) => (
          <Panel
            key={one.caseId}
            title={one.title}
            actions={
              <Link to={`/agents/runs/${one.runId}` as '/'} aria-label={`The run of ${one.title}`}>
                Its run
              </Link>
            }
          >
            <PlayedCase {...one} />
          </Panel>
        ))}
    </>
  )
}

function PlayedCase({ verdict, passedBefore }: Answer['played'][number]) {
  if (verdict === null) return <StateMark state="busy">Not played yet</StateMark>
  if (verdict.hasPassed) return <StateMark state="good">Passes</StateMark>
  return (
    <div className="hl-stack">
      <StateMark state="bad">
        {passedBefore === true
          ? 'Fails by the change'
          : passedBefore === false
            ? 'Fails, and without the change too'
            : 'Fails'}
      </StateMark>
      <ul>
        {verdictWords(verdict).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {verdict.differences.some(({ expected }) => typeof expected === 'object') ? (
        <Json label="Differences" value={verdict.differences} />
      ) : null}
    </div>
  )
}
