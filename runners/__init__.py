"""What runs a program: manifest, build, subprocess, protocol, template for a new runner."""
