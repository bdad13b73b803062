import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('what a Javalin program registers after it has started is for the routes that it was made with [SPEC-EXTRACT-06]', async () => {
  const extraction = await extractFiles({
    'pom.xml': '<project><artifactId>hives</artifactId></project>',
    'src/main/java/hive/App.java': `package hive;

import io.javalin.Javalin;

public class App {
  private final Parts parts;

  public App(Parts parts) { this.parts = parts; }

  public void open() {
    var app = Javalin.create(config -> {
      config.router.apiBuilder(() -> new Paths(parts).draw());
      config.jetty.modifyServer(server -> server.setStopTimeout(5_000));
    }).start(7070);
    guard(app);
    new Failures().answer(app);
  }

  private void guard(Javalin app) {
    app.beforeMatched(parts.keeper);
  }

  public static void main(String[] args) {
    var app = new App(new Parts());
    app.open();
  }
}
`,
    'src/main/java/hive/Parts.java': `package hive;

public class Parts {
  public final Keeper keeper;
  public final Combs combs;

  public Parts() {
    keeper = new Keeper();
    combs = new Combs(new Shelf());
  }
}
`,
    'src/main/java/hive/Paths.java': `package hive;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;

public class Paths {
  private final Parts parts;

  public Paths(Parts parts) { this.parts = parts; }

  public void draw() {
    path("/combs", () -> {
      path("/{comb}", () -> {
        get(parts.combs::one);
      });
    });
  }
}
`,
    'src/main/java/hive/Keeper.java': `package hive;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.UnauthorizedResponse;

public class Keeper implements Handler {
  @Override
  public void handle(Context ctx) {
    if (ctx.header("Smoke") == null) {
      throw new UnauthorizedResponse("no smoke");
    }
  }
}
`,
    'src/main/java/hive/Combs.java': `package hive;

import io.javalin.http.Context;

public class Combs {
  private final Shelf shelf;

  public Combs(Shelf shelf) { this.shelf = shelf; }

  public void one(Context ctx) {
    int id = ctx.pathParamAsClass("comb", Integer.class).get();
    String comb = shelf.find(id).orElseThrow(() -> new Missing("no such comb"));
    ctx.json(comb);
  }
}
`,
    'src/main/java/hive/Shelf.java': `package hive;

import java.sql.Connection;
import java.util.Optional;

public class Shelf {
  private Connection db;

  public Optional<String> find(int id) {
    return Optional.ofNullable(db.nativeSQL("select " + id));
  }
}
`,
    'src/main/java/hive/Missing.java': `package hive;

public class Missing extends RuntimeException {
  public Missing(String message) { super(message); }
}
`,
    'src/main/java/hive/Failures.java': `package hive;

import io.javalin.Javalin;
import io.javalin.http.InternalServerErrorResponse;
import io.javalin.http.NotFoundResponse;

public class Failures {
  public void answer(Javalin app) {
    app.exception(Missing.class, (e, ctx) -> {
      throw new NotFoundResponse(e.getMessage());
    });
    app.exception(Exception.class, (e, ctx) -> {
      throw new InternalServerErrorResponse("sorry");
    });
  }
}
`,
  })
  const found = summarize(extraction)
  expect(found.operations).toEqual(['GET /combs/{comb}'])
  expect(found.statuses['GET /combs/{comb}']).toEqual([200, 401, 404])
})
