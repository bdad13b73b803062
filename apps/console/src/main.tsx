import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from '@heavylift/ui'
import { cssVariables, currentTheme, theme } from '@heavylift/ui/shell'
import { SignIn } from './shell/sign-in.tsx'
import { followSignInLink } from './shell/sign-in-link.ts'
import { router } from './router.tsx'
import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/ScrollArea.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/VisuallyHidden.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Group.css'
import '@mantine/core/styles/Loader.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/Drawer.css'
import '@mantine/core/styles/Input.css'
import '@mantine/core/styles/InlineInput.css'
import '@mantine/core/styles/PasswordInput.css'
import '@mantine/core/styles/NumberInput.css'
import '@mantine/core/styles/Button.css'
import '@mantine/core/styles/Checkbox.css'
import '@mantine/core/styles/Combobox.css'
import '@mantine/core/styles/FloatingIndicator.css'
import '@mantine/core/styles/SegmentedControl.css'
import '@heavylift/ui/styles/tokens.css'
import '@heavylift/ui/styles/utilities.css'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A wrong request stays wrong; a server that is away is asked again.
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: false,
      staleTime: 10_000,
    },
  },
})

const linkFailure = await followSignInLink(location, history)

const element = document.querySelector('#root')
if (!element) throw new Error('index.html has no #root.')
createRoot(element).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme={currentTheme()}>
      <QueryClientProvider client={client}>
        <SignIn linkFailure={linkFailure}>
          <RouterProvider router={router} />
        </SignIn>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
