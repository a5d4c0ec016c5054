# What Flaskr's function needs beyond main.tf, which stays as it was generated: Terraform merges an override into it.
resource "aws_lambda_function" "app" {
  vpc_config {
    security_group_ids = [aws_security_group.function.id]
    subnet_ids         = var.subnet_ids
  }

  environment {
    variables = {
      DATABASE_URL = "postgres://flaskr:${data.aws_secretsmanager_secret_version.database.secret_string}@${aws_db_instance.app.endpoint}/flaskr?sslmode=verify-full"
      SECRET       = data.aws_secretsmanager_secret_version.session.secret_string
      # Amazon's certificates, among them those of RDS.
      NODE_EXTRA_CA_CERTS = "/var/runtime/ca-cert.pem"
    }
  }
}
