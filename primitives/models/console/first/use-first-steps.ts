import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isSampleModel } from '../../src/table/sample-names.ts'
import { api } from '../api.ts'
import { hasKey } from './keys.ts'

/** Whether the first steps are shown: until a model was called, and for who has begun until they are done. */
export function useFirstSteps() {
  const client = useQueryClient()
  const [isHeld, setIsHeld] = useState(false)
  // The newest calls tell: the sample ends with the first real one.
  const calls = useQuery({
    queryKey: ['models', 'calls', 'newest'],
    queryFn: ({ signal }) => api.get('/calls', { query: { limit: 5 }, signal }),
  })
  const keys = useQuery({
    queryKey: ['keys', 'any'],
    retry: false,
    queryFn: ({ signal }) => hasKey(signal),
  })
  const isFirst = calls.data?.calls.every(({ model }) => isSampleModel(model)) ?? false
  return {
    isLoading: calls.isPending || keys.isPending,
    isOpen: isHeld || isFirst,
    /** True where it cannot be told, as for who does not manage keys. */
    hasKey: keys.data ?? true,
    /** Keeps them, or shows them once more. */
    open: () => setIsHeld(true),
    close: () => {
      setIsHeld(false)
      void client.invalidateQueries({ queryKey: ['models', 'calls', 'newest'] })
      void client.invalidateQueries({ queryKey: ['keys'] })
    },
  }
}
