import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { cleanup, configure, render, waitFor } from '@testing-library/react'
import type { RenderResult } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import type { ComponentType, ReactNode } from 'react'
import { onTestFinished, vi } from 'vitest'
import type { AnyRoute } from '@heavylift/core'
import { cssVariables, theme } from '../theme/theme.ts'
import type { FakeServer } from './fake-server.ts'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 8000 })

export interface RenderedPage extends RenderResult {
  user: UserEvent
  /** Path with its search, where the console stands now. */
  address: () => string
  /** Resolves when no element shows this text any more; rejects after eight seconds. */
  waitForGone: (text: string) => Promise<void>
}

/**
 * Shows a page of the console in a document without a browser, at an address, above servers that are not there. The file that calls
 * it starts with `// @vitest-environment happy-dom`. Requests to other addresses fail.
 */
export async function renderPage(
  Page: ComponentType,
  options: {
    /** As the console's router has it, e.g. `/jobs/$jobId`. Default: `at` without its search. */
    path?: string
    /** Where the page is opened, e.g. `/jobs/job-1?minutes=5`. */
    at?: string
    servers?: Pick<FakeServer<AnyRoute>, 'fetch'>[]
    /** Around the page, inside the providers. */
    frame?: (page: ReactNode) => ReactNode
  } = {},
): Promise<RenderedPage> {
  const { at = '/', servers = [], frame = (page: ReactNode) => page } = options
  // Here and not in a hook of the file: files that share a worker share this module, and a hook would be only the first one's.
  onTestFinished(() => {
    cleanup()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
  // Nothing is laid out here: with heights of a frame and of a row, long lists draw their first rows.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(640)
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(33)
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    for (const server of servers) {
      const answer = server.fetch(address, init)
      if (answer) return answer
    }
    throw new TypeError(`Nothing answers ${address}.`)
  })
  const root = createRootRoute()
  const page = createRoute({
    getParentRoute: () => root,
    path: options.path ?? at.split('?')[0] ?? '/',
    component: () => frame(<Page />),
  })
  // Where links lead: an empty page, so that following one is no error.
  const elsewhere = createRoute({ getParentRoute: () => root, path: '$', component: () => null })
  const history = createMemoryHistory({ initialEntries: [at] })
  const router = createRouter({ routeTree: root.addChildren([page, elsewhere]), history })
  await router.load()
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: 0 } } })
  const view = render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return Object.assign(view, {
    user: userEvent.setup(),
    address: () => history.location.pathname + history.location.search,
    waitForGone: (text: string) =>
      waitFor(() => {
        if (view.queryAllByText(text).length > 0) throw new Error(`“${text}” is still shown.`)
      }),
  })
}
