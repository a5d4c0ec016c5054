# What Flaskr needs beside its function: a database in a VPC, and two secrets by name. Make them once, so that neither is in a
# repository (Terraform's state has what it reads: keep that in an encrypted bucket):
#   aws secretsmanager create-secret --name flaskr/database --secret-string "$(openssl rand -hex 24)"
#   aws secretsmanager create-secret --name flaskr/session --secret-string "$(openssl rand -hex 32)"
variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  description = "Private subnets in two zones or more"
  type        = list(string)
}

data "aws_secretsmanager_secret_version" "database" {
  secret_id = "flaskr/database"
}

data "aws_secretsmanager_secret_version" "session" {
  secret_id = "flaskr/session"
}

resource "aws_security_group" "function" {
  name_prefix = "flaskr-function-"
  vpc_id      = var.vpc_id

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# For the function alone.
resource "aws_security_group" "database" {
  name_prefix = "flaskr-database-"
  vpc_id      = var.vpc_id

  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.function.id]
  }
}

resource "aws_db_subnet_group" "app" {
  name_prefix = "flaskr-"
  subnet_ids  = var.subnet_ids
}

resource "aws_db_instance" "app" {
  identifier_prefix         = "flaskr-"
  engine                    = "postgres"
  instance_class            = "db.t4g.micro"
  allocated_storage         = 20
  storage_type              = "gp3"
  storage_encrypted         = true
  db_name                   = "flaskr"
  username                  = "flaskr"
  password                  = data.aws_secretsmanager_secret_version.database.secret_string
  db_subnet_group_name      = aws_db_subnet_group.app.name
  vpc_security_group_ids    = [aws_security_group.database.id]
  publicly_accessible       = false
  backup_retention_period   = 7
  final_snapshot_identifier = "flaskr-final"
}

# A function in a VPC makes network interfaces.
resource "aws_iam_role_policy_attachment" "vpc" {
  role       = aws_iam_role.app.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}
