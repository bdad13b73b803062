import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const errorsOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles({ 'go.mod': 'module example.com/quay\n\ngo 1.24\n', ...files })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .map((one) => `${one.grade} ${sayFact(one, titles.get(one.operation) ?? '?')}`)
    .toSorted()
}

const goZero = (set: string) => `package main

import (
	"context"
	"errors"
	"net/http"

	"github.com/zeromicro/go-zero/rest"
	"github.com/zeromicro/go-zero/rest/httpx"
)

type Refused struct {
	Status int
	Why    string
}

func (r *Refused) Error() string { return r.Why }

var errSunk = errors.New("sunk")

type Asked struct {
	Name string \`json:"name"\`
}

func moor(asked *Asked) (string, error) {
	if asked.Name == "" {
		return "", &Refused{Status: 422, Why: "a ship has a name"}
	}
	if asked.Name == "Vasa" {
		return "", errSunk
	}
	return "north", nil
}

func handle(w http.ResponseWriter, r *http.Request) {
	var asked Asked
	if err := httpx.Parse(r, &asked); err != nil {
		httpx.ErrorCtx(r.Context(), w, err)
		return
	}
	berth, err := moor(&asked)
	if err != nil {
		httpx.ErrorCtx(r.Context(), w, err)
	} else {
		httpx.OkJsonCtx(r.Context(), w, berth)
	}
}

func answer(ctx context.Context, err error) (int, any) {
	switch own := err.(type) {
	case *Refused:
		return own.Status, own.Why
	default:
		if errors.Is(err, errSunk) {
			return http.StatusGone, nil
		}
		return http.StatusInternalServerError, nil
	}
}

func main() {
	server := rest.MustNewServer(rest.RestConf{})
	server.AddRoutes([]rest.Route{{Method: http.MethodPost, Path: "/stays", Handler: handle}})
${set}
	server.Start()
}
`

test('errors of go-zero are answered by the function that the program sets for them, else with 400 [SPEC-EXTRACT-04]', async () => {
  expect(await errorsOf({ 'main.go': goZero('\thttpx.SetErrorHandlerCtx(answer)') })).toEqual([
    'framework IF, for POST /stays, the body can not be read, THEN the service SHALL answer 500.',
    'framework IF, for POST /stays, the body’s field name is "Vasa", THEN the service SHALL answer 410.',
    'framework IF, for POST /stays, the body’s field name is empty, THEN the service SHALL answer 422 with string and say "a ship has a name".',
  ])
  expect(await errorsOf({ 'main.go': goZero('') })).toEqual([
    'framework IF, for POST /stays, the body can not be read, or the body’s field name is empty, THEN the service SHALL answer 400.',
    'framework IF, for POST /stays, the body’s field name is "Vasa", THEN the service SHALL answer 400 and say "sunk".',
  ])
})

test('a controller of Beego ends where it aborts, and filters refuse before it, whenever they are put there [SPEC-EXTRACT-04]', async () => {
  const found = await errorsOf({
    'main.go': `package main

import (
	"github.com/beego/beego/v2/server/web"
	"github.com/beego/beego/v2/server/web/context"
)

type ShipController struct{ web.Controller }

func (c *ShipController) Get() {
	number := c.Ctx.Input.Param(":number")
	if number == "1" {
		c.CustomAbort(409, "taken")
	}
	if number == "2" {
		c.Abort("403")
	}
	if number == "3" {
		c.Ctx.Output.SetStatus(410)
		c.Ctx.Output.JSON(map[string]string{"error": "gone"}, false, false)
		return
	}
	c.ServeJSON()
}

func known(ctx *context.Context) {
	if ctx.Input.Header("X-Key") == "" {
		ctx.Output.SetStatus(401)
		ctx.WriteString("no key")
	}
}

func main() {
	web.AddNamespace(web.NewNamespace("/port", web.NSRouter("/ships/:number", &ShipController{}, "get:Get"), web.NSBefore(known)))
	web.Router("/open/:number", &ShipController{})
	web.Router("/closed/:number", &ShipController{})
	web.InsertFilter("/closed/*", web.BeforeRouter, known)
	web.Run()
}
`,
  })
  const refused = (path: string) => [
    `proved IF, for GET ${path}, the path parameter number is "1", THEN the service SHALL answer 409 and say "taken".`,
    `proved IF, for GET ${path}, the path parameter number is "2", THEN the service SHALL answer 403.`,
    `proved IF, for GET ${path}, the path parameter number is "3", THEN the service SHALL answer 410 with error (string, required) and say "gone".`,
  ]
  const unknown = (path: string) =>
    `proved IF, for GET ${path}, the header X-Key is empty, THEN the service SHALL answer 401 with string and say "no key".`
  expect(found).toEqual(
    [
      ...refused('/closed/{number}'),
      ...refused('/open/{number}'),
      ...refused('/port/ships/{number}'),
      unknown('/closed/{number}'),
      unknown('/port/ships/{number}'),
    ].toSorted(),
  )
})

test('a tree of routes is walked by a function that calls itself [SPEC-EXTRACT-03]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.24\n',
    'main.go': `package main

import "github.com/labstack/echo/v4"

type entry struct {
	verb, at string
	do       echo.HandlerFunc
}

type section struct {
	at       string
	entries  []entry
	sections []*section
}

func (s *section) get(at string, do echo.HandlerFunc) {
	s.entries = append(s.entries, entry{"GET", at, do})
}

func (s *section) section(at string) *section {
	made := &section{at: at}
	s.sections = append(s.sections, made)
	return made
}

func walk(g *echo.Group, s *section) {
	for _, one := range s.entries {
		g.Add(one.verb, one.at, one.do)
	}
	for _, one := range s.sections {
		walk(g.Group(one.at), one)
	}
}

func none(c echo.Context) error { return c.NoContent(204) }

func main() {
	e := echo.New()
	root := &section{}
	root.get("/ports", none)
	ships := root.section("/ships")
	ships.get("/:number", none)
	ships.section("/:number/crew").get("/captain", none)
	walk(e.Group("/quay"), root)
	e.Start(":80")
}
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map(({ grade, path }) => `${grade} ${path}`)
      .toSorted(),
  ).toEqual(['proved /quay/ports', 'proved /quay/ships/{number}', 'proved /quay/ships/{number}/crew/captain'])
})

test('a field of what is bound is the part of the request that its tag names, and who is not known is answered as the program says [SPEC-EXTRACT-04]', async () => {
  const found = await errorsOf({
    'main.go': `package main

import (
	"net/http"

	echojwt "github.com/labstack/echo-jwt/v4"
	"github.com/labstack/echo/v4"
)

type Stay struct {
	Number string \`param:"number"\`
	Days   int    \`query:"days"\`
	Ship   string \`json:"ship"\`
}

func moor(c echo.Context) error {
	stay := new(Stay)
	if err := c.Bind(stay); err != nil {
		return err
	}
	if stay.Number == "0" {
		return c.NoContent(http.StatusGone)
	}
	if stay.Days > 90 {
		return c.NoContent(http.StatusConflict)
	}
	if stay.Ship == "Vasa" {
		return c.NoContent(http.StatusLocked)
	}
	return c.NoContent(http.StatusCreated)
}

func unknown(c echo.Context, err error) error { return c.NoContent(http.StatusForbidden) }

func main() {
	e := echo.New()
	stays := e.Group("/stays", echojwt.WithConfig(echojwt.Config{SigningKey: []byte("key"), ErrorHandler: unknown}))
	stays.POST("/:number", moor)
	e.Start(":80")
}
`,
  })
  expect(found).toEqual([
    'framework IF, for POST /stays/{number}, the body can not be read, THEN the service SHALL answer 400.',
    'proved IF, for POST /stays/{number}, the body’s field ship is "Vasa" and the path parameter number is not "0" and the query parameter days is at most 90, THEN the service SHALL answer 423.',
    'proved IF, for POST /stays/{number}, the caller is not signed in, THEN the service SHALL answer 403.',
    'proved IF, for POST /stays/{number}, the path parameter number is "0", THEN the service SHALL answer 410.',
    'proved IF, for POST /stays/{number}, the path parameter number is not "0" and the query parameter days is greater than 90, THEN the service SHALL answer 409.',
  ])
})

test('what middleware of Gin answers to what was kept, with a status that it finds there, is no answer of its own, and Hertz answers with the status that is set [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\ngo 1.24\n',
    'main.go': `package main

import (
	"context"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/gin-gonic/gin"
)

type Trouble struct{ Code int }

func (t *Trouble) Error() string { return "trouble" }

func answer(c *gin.Context) {
	c.Next()
	for _, one := range c.Errors {
		if own, ok := one.Err.(*Trouble); ok {
			c.JSON(own.Code, nil)
		}
	}
}

func show(c *gin.Context) { c.Status(204) }

func gone(ctx context.Context, c *app.RequestContext) {
	if c.Param("number") == "0" {
		c.SetStatusCode(410)
		return
	}
	c.JSON(200, nil)
}

func main() {
	r := gin.Default()
	r.Use(answer)
	r.GET("/ships", show)
	go r.Run(":80")
	h := server.Default()
	h.GET("/stays/:number", gone)
	h.Spin()
}
`,
  })
  expect(set.questions.map(({ text }) => text)).toEqual([])
  expect(factsOf(set.facts, 'error').map(({ status, grade }) => `${grade} ${status}`)).toEqual(['proved 410'])
})

test('routes of go-zero stand behind the middleware that they are given with, and behind its tokens [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/quay\n\nrequire github.com/zeromicro/go-zero v1.6.0\n',
    'main.go': `package main

import (
	"net/http"

	"github.com/zeromicro/go-zero/rest"
	"github.com/zeromicro/go-zero/rest/httpx"
)

type Harbour struct {
	Secret string
	Keeper rest.Middleware
}

type KeeperOnly struct{}

func (k *KeeperOnly) Handle(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Berth") == "closed" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

func ship(h *Harbour) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { httpx.Ok(w) }
}

func routes(server *rest.Server, h *Harbour) {
	server.AddRoutes([]rest.Route{{Method: http.MethodGet, Path: "/open", Handler: ship(h)}})
	server.AddRoutes(
		rest.WithMiddlewares(
			[]rest.Middleware{h.Keeper},
			[]rest.Route{
				{Method: http.MethodPost, Path: "/ships", Handler: ship(h)},
			}...,
		),
		rest.WithJwt(h.Secret),
		rest.WithPrefix("/v1"),
	)
	server.AddRoutes(rest.WithMiddleware(h.Keeper, rest.Route{Method: http.MethodGet, Path: "/kept", Handler: ship(h)}))
}

func main() {
	server := rest.MustNewServer(rest.RestConf{})
	routes(server, &Harbour{Keeper: (&KeeperOnly{}).Handle})
	server.Start()
}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(factsOf(set.facts, 'operation').map(operationTitle).toSorted()).toEqual([
    'GET /kept',
    'GET /open',
    'POST /v1/ships',
  ])
  expect(
    set.facts
      .flatMap((one) =>
        one.kind === 'error' || one.kind === 'guard'
          ? [`${titles.get(one.operation)} ${one.grade} ${one.kind} ${one.status}`]
          : [],
      )
      .toSorted(),
  ).toEqual([
    'GET /kept proved error 403',
    'GET /kept proved guard undefined',
    'POST /v1/ships framework error 401',
    'POST /v1/ships framework guard 401',
    'POST /v1/ships proved error 403',
    'POST /v1/ships proved guard undefined',
  ])
})

test('what a call of another service fails with may be answered by go-zero with the status of its code, and a framework that a manifest replaces by what that has [SPEC-EXTRACT-04]', async () => {
  const main = `package main

import (
	"errors"
	"net/http"

	"example.org/tides/tidesclient"
	"github.com/zeromicro/go-zero/rest"
	"github.com/zeromicro/go-zero/rest/httpx"
	"github.com/zeromicro/go-zero/zrpc"
)

var tides = tidesclient.NewTides(zrpc.MustNewClient(zrpc.RpcClientConf{}))

func tide(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("at") == "" {
		httpx.Error(w, errors.New("when?"))
		return
	}
	found, err := tides.Find(r.Context(), r.URL.Query().Get("at"))
	if err != nil {
		httpx.Error(w, err)
		return
	}
	httpx.OkJson(w, found)
}

func main() {
	server := rest.MustNewServer(rest.RestConf{})
	server.AddRoute(rest.Route{Method: http.MethodGet, Path: "/tide", Handler: tide})
	server.Start()
}
`
  const gradesOf = async (more: string) => {
    const files = {
      'go.mod': `module example.com/quay\n\nrequire github.com/zeromicro/go-zero v1.6.0\n${more}`,
      'main.go': main,
    }
    return (await errorsOf(files)).map((one) => one.split(' ')[0])
  }
  expect(await gradesOf('')).toEqual(['framework', 'open'])
  expect(
    await gradesOf('\nreplace github.com/zeromicro/go-zero v1.6.0 => example.org/forked/zero v1.0.0\n'),
  ).toEqual(['open', 'open'])
})

test('what a program sets on an Echo that it makes with settings answers its errors [SPEC-EXTRACT-04]', async () => {
  const found = await errorsOf({
    'main.go': `package main

import (
	"net/http"

	"github.com/labstack/echo/v5"
)

type Sunk struct{}

func (s Sunk) Error() string { return "sunk" }

func told(c *echo.Context, err error) {
	if _, is := err.(Sunk); is {
		c.JSON(http.StatusGone, "sunk")
		return
	}
	c.JSON(http.StatusTeapot, "other")
}

func main() {
	e := echo.NewWithConfig(echo.Config{})
	e.HTTPErrorHandler = told
	e.GET("/ships/:name", func(c *echo.Context) error {
		if c.Param("name") == "Vasa" {
			return Sunk{}
		}
		return c.JSON(200, "afloat")
	})
	e.Start(":80")
}
`,
  })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain('the service SHALL answer 410')
})
