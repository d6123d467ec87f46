from hengliang.cli import main

main()
