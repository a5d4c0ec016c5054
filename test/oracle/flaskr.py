"""Flaskr, the blog of Flask's tutorial, written anew from what the tutorial says that it does.

It is the oracle of examples/flaskr: both are sent the same requests, and must do the same.
`python3 flaskr.py DATABASE` makes a new database, serves on a free port of this machine and prints the port.
"""

import datetime
import functools
import os
import sqlite3
import sys

import flask
from werkzeug.security import check_password_hash, generate_password_hash
from werkzeug.serving import WSGIRequestHandler, make_server

TABLES = """
DROP TABLE IF EXISTS post;
DROP TABLE IF EXISTS user;
CREATE TABLE user (id INTEGER PRIMARY KEY AUTOINCREMENT, username TEXT UNIQUE NOT NULL, password TEXT NOT NULL);
CREATE TABLE post (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  author_id INTEGER NOT NULL REFERENCES user (id),
  created TIMESTAMP NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL
);
"""

auth = flask.Blueprint("auth", __name__, url_prefix="/auth")
blog = flask.Blueprint("blog", __name__)


def database():
    if "database" not in flask.g:
        flask.g.database = sqlite3.connect(flask.current_app.config["DATABASE"], detect_types=sqlite3.PARSE_DECLTYPES)
        flask.g.database.row_factory = sqlite3.Row
    return flask.g.database


def first(query, *values):
    return database().execute(query, values).fetchone()


def change(query, *values):
    with database() as connection:
        connection.execute(query, values)


@auth.before_app_request
def load_user():
    user_id = flask.session.get("user_id")
    flask.g.user = None if user_id is None else first("SELECT * FROM user WHERE id = ?", user_id)


def login_required(view):
    @functools.wraps(view)
    def guarded(**values):
        return flask.redirect(flask.url_for("auth.login")) if flask.g.user is None else view(**values)

    return guarded


@auth.route("/register", methods=("GET", "POST"))
def register():
    if flask.request.method == "POST":
        username, password = flask.request.form["username"], flask.request.form["password"]
        mistake = "Username is required." if not username else "Password is required." if not password else None
        if mistake is None:
            try:
                change(
                    "INSERT INTO user (username, password) VALUES (?, ?)",
                    username,
                    # The default takes longer, which says nothing about what the app does.
                    generate_password_hash(password, "pbkdf2:sha256:1000"),
                )
            except sqlite3.IntegrityError:
                mistake = f"User {username} is already registered."
            else:
                return flask.redirect(flask.url_for("auth.login"))
        flask.flash(mistake)
    return flask.render_template("auth/register.html")


@auth.route("/login", methods=("GET", "POST"))
def login():
    if flask.request.method == "POST":
        username, password = flask.request.form["username"], flask.request.form["password"]
        user = first("SELECT * FROM user WHERE username = ?", username)
        if user is None:
            flask.flash("Incorrect username.")
        elif not check_password_hash(user["password"], password):
            flask.flash("Incorrect password.")
        else:
            flask.session.clear()
            flask.session["user_id"] = user["id"]
            return flask.redirect(flask.url_for("index"))
    return flask.render_template("auth/login.html")


@auth.route("/logout")
def logout():
    flask.session.clear()
    return flask.redirect(flask.url_for("index"))


POSTS = "SELECT post.*, username FROM post JOIN user ON user.id = author_id"


def own_post(post_id):
    post = first(f"{POSTS} WHERE post.id = ?", post_id)
    if post is None:
        flask.abort(404, f"Post id {post_id} doesn't exist.")
    if post["author_id"] != flask.g.user["id"]:
        flask.abort(403)
    return post


@blog.route("/")
def index():
    posts = database().execute(f"{POSTS} ORDER BY created DESC, post.id DESC").fetchall()
    return flask.render_template("blog/index.html", posts=posts)


@blog.route("/create", methods=("GET", "POST"))
@login_required
def create():
    if flask.request.method == "POST":
        title, body = flask.request.form["title"], flask.request.form["body"]
        if title:
            change(
                "INSERT INTO post (author_id, created, title, body) VALUES (?, ?, ?, ?)",
                flask.g.user["id"],
                datetime.datetime.now(),
                title,
                body,
            )
            return flask.redirect(flask.url_for("blog.index"))
        flask.flash("Title is required.")
    return flask.render_template("blog/create.html")


@blog.route("/<int:post_id>/update", methods=("GET", "POST"))
@login_required
def update(post_id):
    post = own_post(post_id)
    if flask.request.method == "POST":
        title, body = flask.request.form["title"], flask.request.form["body"]
        if title:
            change("UPDATE post SET title = ?, body = ? WHERE id = ?", title, body, post_id)
            return flask.redirect(flask.url_for("blog.index"))
        flask.flash("Title is required.")
    return flask.render_template("blog/update.html", post=post)


@blog.route("/<int:post_id>/delete", methods=("POST",))
@login_required
def delete(post_id):
    own_post(post_id)
    change("DELETE FROM post WHERE id = ?", post_id)
    return flask.redirect(flask.url_for("blog.index"))


def create_app(path):
    app = flask.Flask(__name__)
    app.config.from_mapping(SECRET_KEY="oracle", DATABASE=path)
    app.register_blueprint(auth)
    app.register_blueprint(blog)
    app.add_url_rule("/", endpoint="index")

    @app.route("/hello")
    def hello():
        return "Hello, World!"

    @app.teardown_appcontext
    def close(_error):
        connection = flask.g.pop("database", None)
        if connection is not None:
            connection.close()

    with sqlite3.connect(path) as connection:
        connection.executescript(TABLES)
    return app


class Silent(WSGIRequestHandler):
    def log_request(self, *_args):
        pass


if __name__ == "__main__":
    server = make_server("127.0.0.1", 0, create_app(os.path.abspath(sys.argv[1])), threaded=True, request_handler=Silent)
    print(server.server_port, flush=True)
    server.serve_forever()
