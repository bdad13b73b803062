import { Empty, Loaded, Page, Panel } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import { Questions } from './questions.tsx'

/** What runs ask people, oldest first; the first answer stays. */
export default function Approvals() {
  const questions = useQuery({
    queryKey: ['agents', 'questions'],
    refetchInterval: 3_000,
    queryFn: ({ signal }) => api.get('/questions', { query: { limit: 500 }, signal }),
  })
  return (
    <Page
      title="Approvals"
      lead="Runs that wait for a person: what is asked, with its evidence and deadline. Those that ask the same are answered together."
    >
      {questions.data === undefined ? (
        <Panel flush>
          <Loaded of={questions} what="Reading what is asked" lines={6}>
            {() => null}
          </Loaded>
        </Panel>
      ) : questions.data.questions.length === 0 ? (
        <Panel>
          <Empty title="Nobody is asked anything">
            A step of kind “Approval”, a policy that says “ask”, and a call whose answer was lost put their
            questions here.
          </Empty>
        </Panel>
      ) : (
        <Questions questions={questions.data.questions} />
      )}
    </Page>
  )
}
