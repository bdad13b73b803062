import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const chain = `package chain

import (
	"net/http"
	"strings"
	"sync"
)

type Sailor struct {
	Name    string
	Captain bool
}

// Context is what the steps of a chain share.
type Context struct {
	sailor     *Sailor
	isBrowser  bool
	w          http.ResponseWriter
	r          *http.Request
	mu         sync.RWMutex
}

func (c *Context) SetSailor(s *Sailor) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sailor = s
}

func (c *Context) Sailor() *Sailor {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.sailor
}

func (c *Context) SetBrowser(is bool) { c.isBrowser = is }

func (c *Context) Take(w http.ResponseWriter, r *http.Request) {
	c.w = w
	c.r = r
}

func (c *Context) Fail(status int, text string) {
	c.mu.Lock()
	isBrowser := c.isBrowser
	r := c.r
	w := c.w
	c.mu.Unlock()
	if r != nil && w != nil {
		redirect := false
		if isBrowser {
			redirect = !strings.HasPrefix(r.UserAgent(), "curl")
		}
		if redirect {
			http.Redirect(w, r, "/#/?err="+text, http.StatusMovedPermanently)
		} else {
			http.Error(w, text, status)
		}
	}
}

type Step func(c *Context, next http.Handler) http.Handler

type Ending func(c *Context) http.Handler

type Chain struct {
	before *Chain
	step   Step
}

func New(steps ...Step) (chain *Chain) {
	chain = new(Chain)
	if len(steps) > 0 {
		chain.step = steps[0]
		if len(steps) > 1 {
			chain = chain.Append(steps[1:]...)
		}
	}
	return
}

func (chain *Chain) append(step Step) (longer *Chain) {
	longer = New(step)
	longer.before = chain
	return longer
}

func (chain *Chain) Append(steps ...Step) (longer *Chain) {
	longer = chain
	for _, step := range steps {
		longer = longer.append(step)
	}
	return longer
}

func (chain *Chain) copy() (same *Chain) {
	same = New(chain.step)
	if chain.before != nil {
		same.before = chain.before.copy()
	}
	return
}

func (chain *Chain) head() (head *Chain) {
	head = chain
	for head.before != nil {
		head = head.before
	}
	return
}

func (chain *Chain) AppendChain(tail *Chain) (longer *Chain) {
	longer = tail.copy()
	longer.head().before = chain
	return
}

func (chain *Chain) Then(fn func(*Context, http.ResponseWriter, *http.Request)) (h *Handler) {
	h = new(Handler)
	h.chain = chain
	h.ending = func(c *Context) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fn(c, w, r) })
	}
	return
}

type Handler struct {
	chain  *Chain
	ending Ending
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &Context{}
	handler := h.ending(c)
	chain := h.chain
	for chain != nil {
		if chain.step != nil {
			handler = chain.step(c, handler)
		}
		chain = chain.before
	}
	handler.ServeHTTP(w, r)
}
`

const main = `package main

import (
	"net/http"

	"example.com/quay/chain"
	"github.com/gorilla/mux"
)

func begin(c *chain.Context, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.Take(w, r)
		next.ServeHTTP(w, r)
	})
}

func forBrowsers(c *chain.Context, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.SetBrowser(true)
		next.ServeHTTP(w, r)
	})
}

func findSailor(name string) *chain.Sailor { return sailors[name] }

var sailors = map[string]*chain.Sailor{}

func signedIn(needed bool) chain.Step {
	return func(c *chain.Context, next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if name := r.Header.Get("X-Sailor"); name != "" {
				sailor := findSailor(name)
				if sailor == nil {
					c.Fail(http.StatusForbidden, "no such sailor")
					return
				}
				c.SetSailor(sailor)
			} else if needed {
				c.Fail(http.StatusUnauthorized, "who are you")
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func captainOnly(c *chain.Context, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sailor := c.Sailor()
		if sailor == nil {
			c.Fail(http.StatusUnauthorized, "sign in first")
			return
		}
		if !sailor.Captain {
			c.Fail(http.StatusForbidden, "captains only")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func look(c *chain.Context, w http.ResponseWriter, r *http.Request) {
	if r.FormValue("berth") == "" {
		c.Fail(http.StatusBadRequest, "no berth")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func moor(c *chain.Context, w http.ResponseWriter, r *http.Request) {
	if c.Sailor() == nil {
		c.Fail(http.StatusTeapot, "nobody moors")
		return
	}
	if r.FormValue("berth") == "" {
		c.Fail(http.StatusBadRequest, "no berth")
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func main() {
	std := chain.New(begin)
	open := std.Append(signedIn(false))
	captain := std.Append(signedIn(false), captainOnly)
	browsers := chain.New(forBrowsers).AppendChain(open)
	router := mux.NewRouter()
	router.Handle("/berths", open.Then(look)).Methods("GET")
	router.Handle("/berths", captain.Then(moor)).Methods("POST")
	router.Handle("/sight", browsers.Then(look)).Methods("GET")
	router.Handle("/health", std.Then(func(c *chain.Context, w http.ResponseWriter, r *http.Request) { w.WriteHeader(200) })).Methods("GET")
	http.ListenAndServe(":1", router)
}
`

/** What an operation refuses and where it sends callers, as sentences. */
async function told(files: Record<string, string>): Promise<(title: string) => string[]> {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.24\n\nrequire github.com/gorilla/mux v1.8.1\n',
    ...files,
  })
  return (title) => {
    const [method, path] = title.split(' ')
    const one = factsOf(set.facts, 'operation').find((each) => each.method === method && each.path === path)
    return set.facts
      .flatMap((fact) =>
        (fact.kind === 'error' || fact.kind === 'response') &&
        fact.operation === one?.id &&
        fact.grade !== 'open'
          ? [sayFact(fact, title)]
          : [],
      )
      .toSorted()
  }
}

const files = { 'chain/chain.go': chain, 'main.go': main }

test('what steps of a chain of the repository put into the thing that they share reaches what comes after them [SPEC-EXTRACT-06]', async () => {
  const of = await told(files)
  expect(of('GET /berths')).toEqual([
    'IF, for GET /berths, `findSailor(header.X-Sailor)` is missing and the header X-Sailor is not empty, THEN the service SHALL answer 403 with string and say "no such sailor".',
    'IF, for GET /berths, the query parameter berth is empty, THEN the service SHALL answer 400 with string and say "no berth".',
    'WHEN a client sends GET /berths and the query parameter berth is not empty, the service SHALL answer 204.',
  ])
  expect(of('POST /berths')).toContain(
    'IF, for POST /berths, the header X-Sailor is empty, THEN the service SHALL answer 401 with string and say "sign in first".',
  )
  expect(of('GET /sight')).toContain(
    'IF, for GET /sight, the query parameter berth is empty and `strings.HasPrefix(r.UserAgent(), "curl")` holds, THEN the service SHALL answer 400 with string and say "no berth".',
  )
  expect(of('GET /sight').some((one) => one.endsWith('SHALL answer 301.'))).toBe(true)
  expect(of('GET /health')).toEqual(['WHEN a client sends GET /health, the service SHALL answer 200.'])
})

test('what code outside is given may have anything put into it [SPEC-EXTRACT-06]', async () => {
  const of = await told({
    ...files,
    'main.go': main
      .replace('"github.com/gorilla/mux"', '"example.org/tide"\n\t"github.com/gorilla/mux"')
      .replace('c.Take(w, r)\n', 'c.Take(w, r)\n\t\ttide.Fill(c)\n'),
  })
  expect(of('GET /berths').find((one) => one.includes('no berth'))).toContain('`isBrowser` does not hold')
})

test('where a function that refuses sends some callers elsewhere, that is not told of all requests [SPEC-EXTRACT-06]', async () => {
  const of = await told({
    'chain/chain.go': `${chain.replace(
      'redirect = !strings.HasPrefix(r.UserAgent(), "curl")',
      `redirect = true
			agent := strings.ToLower(r.UserAgent())
			for _, one := range agents {
				if strings.HasPrefix(agent, one) {
					redirect = false
				}
			}`,
    )}
var agents = []string{"wget", "curl", "php"}
`,
    'main.go': main
      .replace('"net/http"\n', '"archive/zip"\n\t"net/http"\n')
      .replace('browsers.Then(look)', 'browsers.Then(pack)')
      .replace(
        'func main',
        `func pack(c *chain.Context, w http.ResponseWriter, r *http.Request) {
	if r.FormValue("berth") == "" {
		c.Fail(http.StatusBadRequest, "no berth")
		return
	}
	if r.FormValue("tide") == "" {
		c.Fail(http.StatusBadRequest, "no tide")
		return
	}
	packed := zip.NewWriter(w)
	packed.Create("berths")
	packed.Close()
}

func main`,
      ),
  })
  expect(of('GET /sight')).not.toContain('WHEN a client sends GET /sight, the service SHALL answer 301.')
})

test('what Go writes into the writer answers with 200, and a header that an empty setting names is none [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/buoy\n\ngo 1.24\n',
    'main.go': `package main

import (
	"io"
	"net/http"
)

type settings struct{ header string }

func gate(set *settings, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(set.header) == "" && r.Header.Get("X-Buoy") == "" {
			http.Error(w, "who", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

func main() {
	set := &settings{header: ""}
	http.HandleFunc("GET /buoys", gate(set, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "bell")
	}))
	http.ListenAndServe(":1", nil)
}
`,
  })
  expect(factsOf(set.facts, 'response').map(({ status }) => status)).toEqual([200])
  expect(factsOf(set.facts, 'parameter').map(({ name }) => name)).toEqual(['x-buoy'])
})
