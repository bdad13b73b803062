import { Page, Panel } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'

/** Which frameworks' routes are read, and which are only named. */
export default function Frameworks() {
  const listed = useQuery({ queryKey: ['spec', 'frameworks'], queryFn: () => api.get('/frameworks') })
  const frameworks = listed.data?.frameworks ?? []
  return (
    <Page
      title="Frameworks"
      lead="What is read of a repository: routes, guards, bodies, answers and errors of these. Others are named where they are found."
    >
      <Panel title="Read">
        <ul aria-label="Frameworks that are read">
          {frameworks
            .filter(({ isRead }) => isRead)
            .map(({ name, language }) => (
              <li key={name}>
                {name} <small>{language}</small>
              </li>
            ))}
        </ul>
      </Panel>
      <Panel title="Named where they are found, not read">
        <p>
          {frameworks
            .filter(({ isRead }) => !isRead)
            .map(({ name }) => name)
            .join(', ')}
        </p>
      </Panel>
    </Page>
  )
}
