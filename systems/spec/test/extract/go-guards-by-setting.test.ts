import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import type { FactSet } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const told = ({ facts }: FactSet): string[] => {
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return facts.flatMap((fact) =>
    (fact.kind === 'guard' || fact.kind === 'error') && fact.grade !== 'open'
      ? [sayFact(fact, titles.get(fact.operation) ?? '')]
      : [],
  )
}

test('a guard of Go that a setting turns off, where it is asked or where it is made, is told with that [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.21\n\nrequire github.com/go-chi/chi/v5 v5.0.0\n',
    'main.go': `
package main
import (
	"log"
	"net/http"
	"os"
	"github.com/go-chi/chi/v5"
)
type Settings struct { Auth AuthSettings }
type AuthSettings struct { Enabled bool }
type App struct { cfg *Settings }
func main() {
	a := &App{cfg: &Settings{Auth: AuthSettings{Enabled: os.Getenv("AUTH_ENABLED") == "true"}}}
	r := chi.NewRouter()
	r.With(a.asking).Get("/berths", a.plain)
	r.With(a.made).Get("/ships", a.plain)
	log.Fatal(http.ListenAndServe(":80", r))
}
func (a *App) plain(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }
func (a *App) asking(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.cfg.Auth.Enabled { next.ServeHTTP(w, r); return }
		if r.Header.Get("Authorization") == "" { http.Error(w, "who?", 401); return }
		next.ServeHTTP(w, r)
	})
}
func (a *App) made(next http.Handler) http.Handler {
	if !a.cfg.Auth.Enabled { return next }
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" { http.Error(w, "who?", 401); return }
		next.ServeHTTP(w, r)
	})
}
`,
  })
  expect(told(set)).toEqual(
    ['/berths', '/ships'].flatMap((path) => [
      `WHEN a client sends GET ${path} and \`os.Getenv("AUTH_ENABLED")\` is "true", the service SHALL answer 401 to a caller who is not signed in.`,
      `IF, for GET ${path}, the header Authorization is empty and \`os.Getenv("AUTH_ENABLED")\` is "true", THEN the service SHALL answer 401 with string and say "who?".`,
    ]),
  )
  const answers = factsOf(set.facts, 'response')
  expect(answers.map(({ status, condition }) => [status, condition])).toEqual([
    [204, [[]]],
    [204, [[]]],
  ])
})

test('middleware of Go that its maker gives in one case only is there in that case [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.21\n\nrequire github.com/gin-gonic/gin v1.9.0\n',
    'main.go': `
package main
import (
	"os"
	"github.com/gin-gonic/gin"
)
func main() {
	r := gin.New()
	group := r.Group("/cranes", sealed(os.Getenv("SEAL")))
	group.GET("/free", free)
	r.Run()
}
func sealed(seal string) gin.HandlerFunc {
	if seal == "" { return func(c *gin.Context) { c.Next() } }
	return func(c *gin.Context) {
		if c.GetHeader("X-Seal") != seal { c.AbortWithStatusJSON(403, gin.H{"why": "seal"}); return }
		c.Next()
	}
}
func free(c *gin.Context) { c.JSON(200, gin.H{}) }
`,
  })
  expect(told(set).join('\n')).toContain('`os.Getenv("SEAL")` is not empty')
  expect(told(set).filter((one) => !one.includes('is not empty'))).toEqual([])
})

test('a limit of bodies is no guard: Echo answers 413 to a body that is beyond it, and a test of more than who calls is none of who is signed in [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.21\n\nrequire github.com/labstack/echo/v4 v4.11.0\n',
    'main.go': `
package main
import (
	"net/http"
	"strings"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)
func main() {
	e := echo.New()
	e.Use(middleware.BodyLimit("2M"))
	e.PUT("/berths/:id", book, owner)
	e.Logger.Fatal(e.Start(":80"))
}
func owner(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !strings.HasPrefix(c.Param("id"), c.Request().Header.Get("X-Fleet")) {
			return echo.NewHTTPError(http.StatusForbidden, "of another fleet")
		}
		return next(c)
	}
}
func book(c echo.Context) error { return c.NoContent(204) }
`,
  })
  expect(told(set)).toEqual([
    'WHEN a client sends PUT /berths/{id}, the service SHALL ask `owner` first.',
    'IF, for PUT /berths/{id}, the body is not within the limit, THEN the service SHALL answer 413.',
    'IF, for PUT /berths/{id}, `strings.HasPrefix(path.id, header.X-Fleet)` does not hold, THEN the service SHALL answer 403 and say "of another fleet".',
  ])
})

test('a cookie that has to be as a field of the same form says nothing of who calls [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.21\n\nrequire github.com/labstack/echo/v4 v4.11.0\n',
    'main.go': `
package main
import (
	"net/http"
	"github.com/labstack/echo/v4"
)
func main() {
	e := echo.New()
	e.POST("/enter", enter)
	e.Logger.Fatal(e.Start(":80"))
}
func enter(c echo.Context) error {
	mark, err := c.Cookie("mark")
	if err != nil || mark.Value == "" || mark.Value != c.FormValue("mark") {
		return echo.NewHTTPError(http.StatusUnauthorized, "again")
	}
	return c.Redirect(302, "/")
}
`,
  })
  expect(told(set).map((one) => one.slice(0, 4))).toEqual(['IF, '])
})
