import { useUrlState } from '@heavylift/ui'
import { useParams } from '@tanstack/react-router'

/** What the address says: which repository, and what of it is looked at. */
export function useStudio() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const [state, set] = useUrlState({
    view: 'spec',
    /** Path of the spec. */
    spec: '',
    requirement: '',
    /** Sentence of the requirement, from 0. */
    s: '',
    /** Source on the right, and a line of it. */
    file: '',
    line: '',
    build: '',
  })
  return { id, state, set }
}

export type StudioState = ReturnType<typeof useStudio>['state']
export type SetStudioState = ReturnType<typeof useStudio>['set']
