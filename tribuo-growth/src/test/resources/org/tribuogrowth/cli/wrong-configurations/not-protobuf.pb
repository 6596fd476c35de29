components: none
